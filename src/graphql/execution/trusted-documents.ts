import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../encoding/is-record.ts';
import { parseJson } from '../../encoding/parse-json.ts';
import type { ErrorCode } from '../errors.ts';

/** `off`: clients may send any document, or the hash of a registered one. `only`: only registered documents run. */
export type TrustedDocumentsPolicy = 'off' | 'only';

/** The request with the text of its document filled in, or the error with which it is refused. */
export type TrustDecision = { readonly request: unknown } | { readonly code: ErrorCode; readonly message: string };

/**
 * The documents that were registered before the server started, by their hashes. A request can name a document in two
 * ways: as Apollo's clients do (`extensions.persistedQuery.sha256Hash`), or as in the GraphQL-over-HTTP draft on
 * persisted documents (`documentId: "sha256:…"`).
 */
export interface TrustedDocuments {
  /** The names of the operations in the documents. */
  readonly operationNames: readonly string[];
  /** Checks the parameters of a request, which a POST has as its JSON body. */
  admit(parameters: unknown): TrustDecision;
}

/** A manifest cannot be used. The message names the file and says what is wrong with it. */
export class ManifestError extends Error {}

/** Reads the manifest files. Throws ManifestError for one that cannot be read or is not a manifest. */
export function trustDocuments(policy: TrustedDocumentsPolicy, manifests: readonly string[]): TrustedDocuments {
  const texts = new Map<string, string>();
  for (const file of manifests) for (const [id, text] of readManifest(file)) texts.set(id, text);
  // A registered document may also be sent in full. Its text is hashed, because a manifest may use other hashes.
  const trusted = new Set([...texts.values()].map((text) => hash('sha256', text)));

  const judge = (named: DocumentReference): { query: string } | 'as it is' | { code: ErrorCode; message: string } => {
    if (named.query !== undefined) {
      return policy === 'off' || trusted.has(hash('sha256', named.query)) ? 'as it is' : NOT_TRUSTED;
    }
    const query = named.hash === undefined ? undefined : texts.get(named.hash);
    if (query !== undefined) return { query };
    if (policy === 'only') return named.hash === undefined ? NOT_TRUSTED : NOT_REGISTERED;
    // Apollo answers an unknown hash, because a client may have registered it by sending its document.
    return named.byDocumentId ? UNKNOWN_ID : 'as it is';
  };

  return {
    operationNames: [...texts.values()].flatMap(namesIn),
    admit(parameters) {
      if (!isRecord(parameters)) {
        return policy === 'only' && Array.isArray(parameters) ? NOT_TRUSTED : { request: parameters };
      }
      const judged = judge(referenceIn(parameters));
      if (judged === 'as it is') return { request: parameters };
      if ('code' in judged) return judged;
      const { documentId: _named, extensions, ...rest } = parameters;
      return { request: { ...rest, extensions: withoutHash(extensions), query: judged.query } };
    },
  };
}

/** The paths of a folder's manifests, which are its .json files, sorted by name. Throws ManifestError when the folder cannot be read. */
export function manifestsIn(folder: string): string[] {
  return contentOf(folder, () => readdirSync(folder))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(folder, name));
}

const NOT_TRUSTED = {
  code: 'DOCUMENT_NOT_TRUSTED',
  message:
    'This server runs registered operations only: send the hash of one, as extensions.persistedQuery.sha256Hash or as documentId.',
} as const;

const NOT_REGISTERED = {
  code: 'DOCUMENT_NOT_TRUSTED',
  message: 'This server runs registered operations only, and none is registered under this hash.',
} as const;

const UNKNOWN_ID = {
  code: 'PERSISTED_QUERY_NOT_FOUND',
  message: 'No document is registered under this documentId: send the document itself.',
} as const;

/** The document that a request asks for: by text, by hash, or neither. */
interface DocumentReference {
  query: string | undefined;
  hash: string | undefined;
  byDocumentId: boolean;
}

function referenceIn(body: Record<string, unknown>): DocumentReference {
  const { query, documentId, extensions } = body;
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const sha256Hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined;
  const byDocumentId = typeof documentId === 'string';
  return {
    query: typeof query === 'string' ? query : undefined,
    hash: byDocumentId ? bareHash(documentId) : typeof sha256Hash === 'string' ? bareHash(sha256Hash) : undefined,
    byDocumentId,
  };
}

/**
 * The extensions without the hash. Apollo would compare the hash with the text and refuse a mismatch, but a manifest's
 * hash need not be the SHA-256 of the text.
 */
function withoutHash(extensions: unknown): Record<string, unknown> {
  if (!isRecord(extensions)) return {};
  const { persistedQuery: _hash, ...rest } = extensions;
  return rest;
}

/** What a manifest of Apollo's `generate-persisted-query-manifest` has as its `format`. */
const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

const MANIFEST_FORMS =
  'it must be a JSON object of documents by their hashes, as the client preset writes it (persisted-documents.json), ' +
  `or version 1 of the format "${APOLLO_FORMAT}"`;

/** The documents of a manifest, by their hashes. */
function readManifest(file: string): [hash: string, text: string][] {
  const manifest = parseJson(contentOf(file, () => readFileSync(file, 'utf8')));
  const documents = isRecord(manifest) ? documentsIn(manifest) : null;
  if (!documents) throw new ManifestError(`${file} is not a manifest of trusted documents: ${MANIFEST_FORMS}.`);
  return documents.map(([id, text]) => {
    if (typeof id !== 'string' || typeof text !== 'string')
      throw new ManifestError(`${file} has no document text under "${String(id)}": ${MANIFEST_FORMS}.`);
    return [bareHash(id), text];
  });
}

/** What `read` returns, which reads what is at the path. Throws a ManifestError in place of the system's error. */
function contentOf<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    throw new ManifestError(`The trusted documents of ${path} cannot be read: ${(error as Error).message}.`);
  }
}

function documentsIn(manifest: Record<string, unknown>): (readonly [id: unknown, text: unknown])[] | null {
  const { format, version, operations } = manifest;
  if (format !== APOLLO_FORMAT) return Object.entries(manifest);
  if (version !== 1 || !Array.isArray(operations)) return null;
  return operations.map((operation: unknown) =>
    isRecord(operation) ? [operation['id'], operation['body']] : [null, null],
  );
}

/** The names of a document's operations. They are found without parsing it, since it may not fit this schema. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:query|mutation|subscription)\s+(\w+)/g)].map(([, name = '']) => name);
}

function bareHash(id: string): string {
  return id.replace(/^sha256:/, '');
}
