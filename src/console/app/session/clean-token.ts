/** The key in what the user pasted: either the key itself or a whole header line. */
export function cleanToken(text: string): string {
  return text.trim().replace(/^(authorization:\s*)?(token|bearer)\s+/i, '');
}
