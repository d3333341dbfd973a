import { loadMessages, type MessageFiles } from '../language/language.ts';

/** The addresses of the messages of this part. The build puts them in. */
declare const PEOPLE_MESSAGE_FILES: MessageFiles;

// Whatever imports this is drawn when the messages are there.
await loadMessages(PEOPLE_MESSAGE_FILES);
