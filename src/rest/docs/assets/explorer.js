// Shows this server's own description in Swagger UI. The token is kept in the page's memory only.
const dark = matchMedia('(prefers-color-scheme: dark)');
const followColourScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
followColourScheme();
dark.addEventListener('change', followColourScheme);

const content = document.getElementById('content');

SwaggerUIBundle({
  domNode: content,
  url: '/api/v2/openapi.json',
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  // Without this, Swagger UI loads a badge from another host.
  validatorUrl: null,
  // The next three keep everything that is entered out of addresses and storage.
  deepLinking: false,
  persistAuthorization: false,
  queryConfigEnabled: false,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  requestInterceptor(request) {
    const given = request.headers.Authorization?.trim();
    // People may enter the bare key, without the scheme `Token`.
    if (given && !/\s/.test(given)) request.headers.Authorization = `Token ${given}`;
    return request;
  },
});

// Attributes that Swagger UI does not set and that assistive technology needs: names, roles, levels of headings, and focus
// for what scrolls. In a value, {} stands for the parameter or the operation that the element belongs to.
const AMENDMENTS = [
  ['.scheme-container', { role: 'region', 'aria-label': 'Server and authorization' }],
  ['.opblock [id$=_responses]', { 'aria-label': 'Responses of {}', 'aria-labelledby': null }],
  ['.dialog-ux', { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Available authorizations' }],
  ['.dialog-ux h3', { 'aria-level': '2' }],
  ['.dialog-ux :is(h4, h5, h6)', { 'aria-level': '3' }],
  ['.close-modal', { 'aria-label': 'Close' }],
  ['.auth-btn-wrapper button', { 'aria-label': null }],
  ['.dialog-ux input', { autocomplete: 'off' }],
  ['#servers', { 'aria-label': 'Server' }],
  ['.examples-select-element', { 'aria-label': 'Example' }],
  ['.body-param__text', { 'aria-label': 'Body' }],
  ['tr[data-param-name] select', { 'aria-label': '{}' }],
  ['select:not([aria-label])', { 'aria-label': 'Media type' }],
  ['pre', { tabindex: '0' }],
];

function amend() {
  for (const [selector, attributes] of AMENDMENTS) {
    for (const element of content.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) {
        const wanted = value?.replace('{}', ownerOf(element));
        if (wanted === undefined) element.removeAttribute(name);
        else if (element.getAttribute(name) !== wanted) element.setAttribute(name, wanted);
      }
    }
  }
}

function ownerOf(element) {
  const parameter = element.closest('tr[data-param-name]')?.dataset.paramName;
  return parameter ?? element.closest('.opblock')?.querySelector('.opblock-summary-control')?.innerText ?? '';
}

new MutationObserver(amend).observe(content, { childList: true, subtree: true });
