/** Text by the path of its file in the repository. */
export function performanceDocs(root: string): Promise<Record<string, string>>;
