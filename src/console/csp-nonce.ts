/** Stands in the built page where each answer puts its own nonce. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';
