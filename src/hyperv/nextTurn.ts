/** Lets input and answers of hosts come in between two slices of a longer work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
