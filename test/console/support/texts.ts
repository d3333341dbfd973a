import { parseSync, Visitor, type ESTree } from 'vite';

/** The texts and message ids that a source file contains. */
export interface Texts {
  /** Texts for users that are written in the source itself, with their file and line. */
  readonly own: readonly string[];
  /** All string literals, including the ids of messages. */
  readonly literals: ReadonlySet<string>;
  /** The messages that the source uses by a literal id, with the names of the values that it passes. */
  readonly uses: readonly { readonly id: string; readonly values: readonly string[] }[];
}

/** Attributes whose values are not shown to users. */
const ATTRIBUTES_FOR_PROGRAMS =
  /^(?:className|style|columns|type|role|href|id|key|rel|name|variant|tone|placement|slot|dir|lang|accept|autoComplete|spellCheck|heading|validationBehavior|menuTrigger|selectionMode|first|second|within|aria-(?:haspopup|hidden|current|sort)|viewBox|d|[cr]?[xy]|r|fill|width|height|stroke\w*)$/;

/** Strings that look like text for users but are not. */
const NOT_TEXTS = new Set([
  'Enter',
  'Escape',
  'ArrowDown',
  'ArrowUp',
  'Home',
  'End',
  'Bearer ',
  'Token ',
  'application/graphql-response+json, application/json',
  'RequestError',
]);

/** Finds the texts in a TypeScript or TSX source. `ids` are the message ids, which are not texts. */
export function findTexts(file: string, code: string, ids: ReadonlySet<string>): Texts {
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const own: string[] = [];
  const literals = new Set<string>();
  const uses: { id: string; values: string[] }[] = [];
  /** Source ranges whose strings are not for users, such as the messages of `new Error`. */
  const ignored: [start: number, end: number][] = [];
  /** Source ranges in which every string with a letter is shown to users. */
  const shown: [start: number, end: number][] = [];
  const strings: { text: string; start: number }[] = [];

  const ignore = ({ start, end }: ESTree.Node) => ignored.push([start, end]);
  new Visitor({
    ImportDeclaration: ignore,
    TSLiteralType: ignore,
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Error') ignore(node);
    },
    BinaryExpression: ignore,
    CallExpression(node) {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'graphql') ignore(node);
      const [id, values] = node.arguments;
      if (node.callee.name === 't' && id) addUses(id, values);
    },
    JSXAttribute(node) {
      if (node.name.type === 'JSXIdentifier' && ATTRIBUTES_FOR_PROGRAMS.test(node.name.name)) ignore(node);
      else shown.push([node.start, node.end]);
    },
    JSXOpeningElement(node) {
      if (node.name.type !== 'JSXIdentifier' || node.name.name !== 'Message') return;
      const valueOf = (name: string) =>
        node.attributes
          .filter((attribute) => attribute.type === 'JSXAttribute')
          .find((attribute) => attribute.name.name === name)?.value;
      const id = valueOf('id');
      const values = valueOf('values');
      const expression = id?.type === 'JSXExpressionContainer' ? id.expression : id;
      if (expression) addUses(expression, values?.type === 'JSXExpressionContainer' ? values.expression : undefined);
    },
    JSXElement(node) {
      for (const child of node.children)
        if (child.type === 'JSXExpressionContainer') shown.push([child.start, child.end]);
    },
    JSXText: ({ value, start }) => void own.push(...(hasLetter(value) ? [at(start, value)] : [])),
    Literal(node) {
      if (typeof node.value === 'string') strings.push({ text: node.value, start: node.start });
    },
    TemplateElement: ({ value, start }) => void strings.push({ text: value.raw, start }),
  }).visit(program);

  for (const { text, start } of strings) {
    literals.add(text);
    const within = ([from, to]: [number, number]) => from <= start && start < to;
    if (ids.has(text) || NOT_TEXTS.has(text) || ignored.some(within)) continue;
    if (looksLikeText(text) || (hasLetter(text) && shown.some(within) && !isForPrograms(text)))
      own.push(at(start, text));
  }
  return { own, literals, uses };

  function addUses(id: ESTree.Node, values: ESTree.Node | undefined): void {
    const names = valueNames(values);
    if (names === undefined) return;
    for (const each of id.type === 'ConditionalExpression' ? [id.consequent, id.alternate] : [id])
      if (each.type === 'Literal' && typeof each.value === 'string') uses.push({ id: each.value, values: names });
  }

  function at(start: number, text: string): string {
    return `${file}:${code.slice(0, start).split('\n').length}: ${text.trim()}`;
  }
}

/** The names of an object's properties; undefined if the source does not show them. */
function valueNames(values: ESTree.Node | undefined): string[] | undefined {
  if (values === undefined) return [];
  if (values.type !== 'ObjectExpression') return undefined;
  const names = values.properties.map((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : undefined,
  );
  return names.includes(undefined) ? undefined : names.filter((name) => name !== undefined);
}

/** Whether the text is a keyword such as `no`, or a path. */
function isForPrograms(text: string): boolean {
  return /^[a-z-]+$|^\//.test(text);
}

function hasLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** Whether the text has two words, or begins with a capitalised word. */
function looksLikeText(text: string): boolean {
  return /\p{L}{2,}[,.:;]?\s+\p{L}/u.test(text) || /^\p{Lu}\p{Ll}/u.test(text);
}
