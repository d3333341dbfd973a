import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Is imported before a program. Writes what the program has loaded, as JSON, to the file that LOADED_FILE names, when the program ends.

const packages = new Set<string>();

registerHooks({
  load(url, context, nextLoad) {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});

process.on('exit', () => {
  // What Node has loaded of itself, such as `NativeModule http`.
  const { moduleLoadList } = process as typeof process & { readonly moduleLoadList: readonly string[] };
  const ofNode = moduleLoadList.map((entry) => entry.replace(/^NativeModule /, ''));
  writeFileSync(process.env.LOADED_FILE ?? '', JSON.stringify({ packages: [...packages], ofNode }));
});
