import { loadMessages, type MessageFiles } from '../language/language.ts';

/** The addresses of the messages of this part. The build puts them in. */
declare const PEOPLE_MESSAGE_FILES: MessageFiles;

// A module that imports this one runs only after the messages are loaded.
await loadMessages(PEOPLE_MESSAGE_FILES);
