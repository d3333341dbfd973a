// Swagger UI over this server's own description. The token lives in the page's memory alone.
const dark = matchMedia('(prefers-color-scheme: dark)');
const followColourScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
followColourScheme();
dark.addEventListener('change', followColourScheme);

SwaggerUIBundle({
  domNode: document.getElementById('explorer'),
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
