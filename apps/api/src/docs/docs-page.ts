import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BuiltFile } from '../pages/built-pages.js';

/** No inline code: our content security policy accepts scripts and styles from files only. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Payonce API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    <link rel="stylesheet" href="/api/docs/page.css" />
  </head>
  <body>
    <main id="document">
      <noscript>Without scripts, the document itself: <a href="/api/docs-json">/api/docs-json</a></noscript>
    </main>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/page.js"></script>
  </body>
</html>
`;

const SCRIPT = `SwaggerUIBundle({
  url: '/api/docs-json',
  dom_id: '#document',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

/** On a phone no element is wider than the screen. */
const STYLE = `body { margin: 0; }
.swagger-ui .wrapper { box-sizing: border-box; padding: 0 12px; }
.swagger-ui { overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100%; }
  .swagger-ui .opblock-body, .swagger-ui .responses-inner, .swagger-ui .parameters-container { overflow-x: auto; }
  .swagger-ui .scheme-container { padding: 12px 0; }
  .swagger-ui table, .swagger-ui table > thead, .swagger-ui table > tbody, .swagger-ui table tr,
  .swagger-ui table td { display: block; width: auto; max-width: none; padding-left: 0; }
  .swagger-ui table > thead { display: none; }
}
`;

const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';

/** Swagger UI is in its package, beside the program or in the image; only these two of its files are served. */
const FILES: Readonly<Record<string, { type: string; read: () => Promise<string> | string }>> = {
  'page.css': { type: CSS, read: () => STYLE },
  'page.js': { type: JS, read: () => SCRIPT },
  'swagger-ui.css': { type: CSS, read: () => ofSwagger('swagger-ui.css') },
  'swagger-ui-bundle.js': { type: JS, read: () => ofSwagger('swagger-ui-bundle.js') },
};

const pack = promisify(gzip);
const made = new Map<string, Promise<BuiltFile>>();

/** Read and compressed at the first request, and cached: two megabytes together. */
export async function fileOfPage(name: string): Promise<BuiltFile | undefined> {
  if (!Object.hasOwn(FILES, name)) return undefined;
  const file = made.get(name) ?? make(FILES[name]!);
  made.set(name, file);
  return file;
}

async function make({ type, read }: (typeof FILES)[string]): Promise<BuiltFile> {
  const plain = Buffer.from(await read());
  return { type, plain, packed: { gzip: await pack(plain) } };
}

/** Without its last line, which names a file that is not served. */
async function ofSwagger(name: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
  return (await readFile(path, 'utf8')).replace(/\n\/[/*]# sourceMappingURL=.*\s*$/, '\n');
}
