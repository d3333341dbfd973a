import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { create } from './page.ts';
import { loadSchema } from './schema.ts';

/** The parts of fields, arguments, input fields and enum values that are shown. */
interface Member {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
  readonly type?: GraphQLOutputType | GraphQLInputType;
  readonly args?: readonly GraphQLArgument[];
}

/** Shows a type of the schema in an element, and scrolls to the field if one is given. Without a type, shows the overview. */
type ShowDocumentation = (place: HTMLElement, type?: string, field?: string) => void;

/** Loads the schema. Returns the function that shows its documentation. Throws if the schema cannot be loaded. */
export async function loadDocumentation(): Promise<ShowDocumentation> {
  const schema = await loadSchema();
  return (place, type, field) => show(schema, place, type, field);
}

function show(schema: GraphQLSchema, place: HTMLElement, firstType?: string, firstField?: string): void {
  const search = create('input', { className: 'field-input', type: 'search', placeholder: 'Types and fields' });
  search.setAttribute('aria-label', 'Search the documentation');
  const content = create('div', { className: 'docs' });

  const open = (type?: string, field?: string) => {
    search.value = '';
    const shown = type === undefined ? undefined : schema.getType(type);
    const hadFocus = content.contains(document.activeElement);
    content.replaceChildren(...(shown ? typePage(schema, shown, open) : overview(schema, open)));
    place.scrollTop = 0;
    const selector = field === undefined ? 'h3' : `[data-member="${CSS.escape(field)}"]`;
    const target = content.querySelector<HTMLElement>(selector);
    if (field !== undefined) target?.scrollIntoView();
    // The link that was pressed is gone. Without this, people who use the keyboard would start again at the top of the page.
    if (hadFocus && target) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };
  search.addEventListener('input', () => {
    if (search.value.trim() === '') open();
    else content.replaceChildren(...found(schema, search.value.trim().toLowerCase(), open));
  });
  place.replaceChildren(search, content);
  open(firstType, firstField);
}

type Open = (type?: string, field?: string) => void;

function typesOf(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function overview(schema: GraphQLSchema, open: Open): Node[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) => type ?? [],
  );
  const others = typesOf(schema).filter((type) => !roots.some(({ name }) => name === type.name));
  return [
    ...prose(schema.description),
    create('h3', {}, 'Operations'),
    ...roots.map((type) =>
      create('div', { className: 'docs-member' }, typeButton(type.name, open), ...prose(type.description)),
    ),
    create('h3', {}, 'Types'),
    create('ul', { className: 'docs-types' }, ...others.map(({ name }) => create('li', {}, typeButton(name, open)))),
  ];
}

function found(schema: GraphQLSchema, text: string, open: Open): Node[] {
  const results = typesOf(schema).flatMap((type) => {
    const members = membersOf(type).filter(({ name }) => name.toLowerCase().includes(text));
    return [
      ...(type.name.toLowerCase().includes(text) ? [typeButton(type.name, open)] : []),
      ...members.map(({ name }) => link(`${type.name}.${name}`, () => open(type.name, name))),
    ];
  });
  if (results.length === 0) return prose('No type, field or value has this name.');
  return [create('ul', { className: 'docs-types' }, ...results.map((result) => create('li', {}, result)))];
}

function typePage(schema: GraphQLSchema, type: GraphQLNamedType, open: Open): Node[] {
  const members = membersOf(type);
  const implementers = isInterfaceType(type) ? schema.getPossibleTypes(type) : isUnionType(type) ? type.getTypes() : [];
  return [
    create(
      'p',
      {},
      link('All types', () => open()),
    ),
    create('h3', {}, type.name),
    ...prose(type.description),
    ...members.map((member) => memberElement(member, open)),
    ...(implementers.length > 0 ? [create('h3', {}, 'Possible types')] : []),
    ...implementers.map(({ name }) => create('p', {}, typeButton(name, open))),
  ];
}

function membersOf(type: GraphQLNamedType): readonly Member[] {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return isEnumType(type) ? type.getValues() : [];
}

function memberElement({ name, type, args = [], description, deprecationReason }: Member, open: Open): HTMLElement {
  const signature = create('code', {}, create('strong', {}, name));
  if (type) signature.append(': ', typeReference(type, open));
  const element = create('div', { className: 'docs-member' }, signature, ...prose(description));
  element.dataset['member'] = name;
  if (deprecationReason) element.append(...prose(`Deprecated: ${deprecationReason}`));
  if (args.length > 0) {
    element.append(
      create('div', { className: 'docs-arguments' }, ...args.map((argument) => memberElement(argument, open))),
    );
  }
  return element;
}

/** A type as it is written, such as `[Campaign!]!`, with a button that opens it. */
function typeReference(type: GraphQLOutputType | GraphQLInputType, open: Open): HTMLElement {
  const { name } = getNamedType(type);
  const [before = '', after = ''] = String(type).split(name);
  return create('span', {}, before, typeButton(name, open), after);
}

const typeButton = (name: string, open: Open): HTMLElement => link(name, () => open(name));

function link(text: string, onClick: () => void): HTMLButtonElement {
  const element = create('button', { className: 'docs-link', type: 'button' }, text);
  element.addEventListener('click', onClick);
  return element;
}

/** Turns a text into paragraphs and marks `code` in them. The schema's descriptions use no other markup. */
function prose(text: string | null | undefined): HTMLElement[] {
  if (!text) return [];
  return text.split(/\n{2,}/).map((paragraph) =>
    // Every second piece was between backticks.
    create('p', {}, ...paragraph.split('`').map((piece, i) => (i % 2 ? create('code', {}, piece) : piece))),
  );
}
