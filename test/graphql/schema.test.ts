import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLNamedType } from 'graphql';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { openWorld } from '../support/world.ts';

const FOLDER = join(import.meta.dirname, '../../schema');
const schema = createSchema();
const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Yields the type and each of its values, fields and arguments, with their descriptions. */
function* described(type: GraphQLNamedType): Iterable<[string, string | null | undefined]> {
  yield [type.name, type.description];
  if (isEnumType(type)) {
    for (const { name, description } of type.getValues()) yield [`${type.name}.${name}`, description];
  }
  if (isInputObjectType(type)) {
    for (const { name, description } of Object.values(type.getFields())) yield [`${type.name}.${name}`, description];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      // A field of an interface is described only in the interface.
      const inherited = type.getInterfaces().map((one) => one.getFields()[field.name]?.description);
      yield [`${type.name}.${field.name}`, field.description ?? inherited.find(Boolean)];
      for (const { name, description } of field.args) yield [`${type.name}.${field.name}(${name})`, description];
    }
  }
}

describe('the schema', () => {
  it.each(own.map((type) => [type.name, type] as const))('describes %s and all that is in it', (_name, type) => {
    const silent = [...described(type)].filter(([, description]) => !description?.trim()).map(([name]) => name);
    expect(silent).toEqual([]);
  });

  it('has no breaking change since the last release', () => {
    const released = buildSchema(readFileSync(join(FOLDER, 'released/schema.graphql'), 'utf8'));
    expect(findBreakingChanges(released, schema).map(({ description }) => description)).toEqual([]);
  });

  it('is the same as in schema/generated', () => {
    const printed = buildSchema(readFileSync(join(FOLDER, 'generated/schema.graphql'), 'utf8'));
    expect(printSchema(lexicographicSortSchema(printed))).toBe(printSchema(lexicographicSortSchema(schema)));
  });
});

describe('a server', () => {
  it('shows its schema to anyone, as SDL', async () => {
    const { url } = await openWorld();
    const response = await fetch(`${url}/schema.graphql`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    // Relay's compiler refuses an extension of a type that stands further below.
    expect(text).not.toMatch(/^extend /m);
    const shown = buildSchema(text);
    expect(printSchema(lexicographicSortSchema(shown))).toBe(printSchema(lexicographicSortSchema(schema)));
  });

  it('answers introspection to clients with a token', async () => {
    const world = await openWorld();
    const { __schema } = await world
      .as('viewer')
      .data<{ __schema: { types: { name: string }[] } }>('{ __schema { types { name } } }');
    expect(__schema.types.map(({ name }) => name)).toContain('CampaignConnection');
    expect((await world.as(null).ask('{ __schema { types { name } } }')).status).toBe(401);
  });
});
