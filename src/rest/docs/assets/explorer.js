// Swagger UI over this server's own description. The token lives in the page's memory alone.
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
  // No badge from another host, and nothing of the page in an address.
  validatorUrl: null,
  deepLinking: false,
  persistAuthorization: false,
  queryConfigEnabled: false,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  requestInterceptor(request) {
    const given = request.headers.Authorization?.trim();
    // The bare key is enough.
    if (given && !/\s/.test(given)) request.headers.Authorization = `Token ${given}`;
    return request;
  },
});

// What Swagger UI leaves out for those who cannot see what stands beside a control, or who have no mouse: names, roles,
// levels of headings, and a way to scroll. Of a name, {} is the parameter or the operation that it belongs to.
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
