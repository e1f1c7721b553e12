export const canary: string;
export function filesWithCanary(root: string): string[];
