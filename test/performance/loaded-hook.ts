import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Imported before a program. When the program ends, it writes the names of everything that the program has loaded to the file
// LOADED_FILE, as JSON.

const packages = new Set<string>();

registerHooks({
  load(url, context, nextLoad) {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});

process.on('exit', () => {
  // The modules of Node itself that were loaded, such as `NativeModule http`.
  const { moduleLoadList } = process as typeof process & { readonly moduleLoadList: readonly string[] };
  const ofNode = moduleLoadList.map((entry) => entry.replace(/^NativeModule /, ''));
  writeFileSync(process.env.LOADED_FILE ?? '', JSON.stringify({ packages: [...packages], ofNode }));
});
