import { randomUUID } from 'node:crypto';

export { parseUuid } from '../encoding/uuid.ts';

/** A new random UUID (version 4), in the form that parseUuid returns. */
export const newUuid: () => string = randomUUID;
