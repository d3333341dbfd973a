// @ts-check
/**
 * @template {Element} Kind
 * @param {ParentNode} place
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind} The first such element. Throws where there is none of this kind.
 */
export function find(place, selector, kind) {
  const element = place.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}
