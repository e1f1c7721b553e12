// Something that is loaded when it is first needed. Pure.

/** Loads once; what could not be loaded is tried again by the next call. */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    if (loading !== undefined) return loading;
    const mine = load();
    loading = mine;
    mine.catch(() => {
      loading = undefined;
    });
    return mine;
  };
}
