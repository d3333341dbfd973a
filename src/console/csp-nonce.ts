/** Placeholder for the nonce in the built page. The server replaces it with a new nonce in each response. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';
