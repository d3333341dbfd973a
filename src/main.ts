#!/usr/bin/env node
// graphql-js checks far less, and is far quicker, where NODE_ENV says production; it looks when it is first imported.
process.env.NODE_ENV ??= 'production';

const { run } = await import('./commands/program.ts');
await run(process.argv.slice(2));
