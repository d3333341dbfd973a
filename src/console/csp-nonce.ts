/** The built page has this text wherever a nonce belongs. Each answer replaces it by a new nonce. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';
