import { Mismatch } from './mismatch.ts';

/** The values of placeholders, by name. */
export type Names = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{([a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_]+)?|(?:b64|url|repeat):[^{}]*)\}\}/g;

/** Replaces each `{{…}}` in a text, or in all texts of a list or an object. Inner placeholders are replaced first. */
export function fill<Value>(value: Value, names: Names): Value {
  return filled(value, names) as Value;
}

function filled(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return fillText(value, names);
  if (Array.isArray(value)) return value.map((item) => filled(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [fillText(name, names), filled(member, names)]),
  );
}

function fillText(text: string, names: Names): string {
  const once = text.replaceAll(PLACEHOLDER, (_, what: string) => stand(what, names));
  return once === text ? text : fillText(once, names);
}

function stand(what: string, names: Names): string {
  const [, kind, argument = ''] = /^(b64|url|repeat):(.*)$/s.exec(what) ?? [];
  switch (kind) {
    case 'b64':
      return Buffer.from(argument).toString('base64');
    case 'url':
      return percentEncode(argument);
    case 'repeat': {
      const colon = argument.lastIndexOf(':');
      return argument.slice(0, colon).repeat(Number(argument.slice(colon + 1)));
    }
    default: {
      const known = names[what];
      if (known === undefined) throw new Mismatch(`nothing is known as {{${what}}}`);
      return known;
    }
  }
}

/** Encodes as Python's quote(text, safe="") does. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
