// The editor's page as VS Code loads it: an empty frame with the strictest policy. Everything else the page renders itself.
import { randomBytes } from 'node:crypto';

export interface PageSources {
  /** Where VS Code serves the extension's own files from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** BCP 47, for screen readers. */
  readonly language: string;
}

/** No data is ever put into it: text of guests arrives by message and is shown as text. */
export function pageHtml({ cspSource, script, style, language }: PageSources): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<script nonce="${nonce}" src="${script}" defer></script>
</head>
<body><main id="app"></main></body>
</html>`;
}
