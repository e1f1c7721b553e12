// PowerShell sources are bundled as text: esbuild.js strips their comments and asserts that they are plain ASCII.
declare module '*.ps1' {
  const source: string;
  export default source;
}
