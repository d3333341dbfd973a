import type { Request, Response } from 'express';
import { Router } from 'express';
import { origin } from '../page.ts';
import { sendJsonText } from '../refusal.ts';
import { ASSET_NAMES, readAsset } from './assets.ts';
import { describe, descriptionJson } from './description.ts';
import { endpointPage } from './endpoint-page.ts';
import { explorerPage } from './explorer-page.ts';
import { overviewPage } from './overview-page.ts';

/** What a page of text may do: show the server's own style and icon. */
const TEXT_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The explorer runs the server's own scripts, and asks no other host. Swagger UI's style has pictures in it. */
const EXPLORER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `openapi.json`, the explorer, and the files of the pages. */
export function descriptionRoutes(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/openapi.json', (request, response) => {
    sendJsonText(response, 200, descriptionJson(origin(request)));
  });
  router.get('/explorer', (_request, response) => response.redirect(301, '/api/v2/explorer/'));
  router.get('/explorer/', (_request, response) => sendPage(response, explorerPage(), EXPLORER_POLICY));
  for (const name of ASSET_NAMES) {
    router.get(`/assets/${name}`, (_request, response) => {
      const { type, content } = readAsset(name);
      response.set({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }).send(content);
    });
  }
  return router;
}

/** The page of an endpoint. */
export function sendEndpointPage(request: Request, response: Response, name: string): void {
  sendPage(response, endpointPage(describe(origin(request)), name), TEXT_POLICY);
}

/** The page of `/api/v2/`. */
export function sendOverviewPage(request: Request, response: Response, endpoints: readonly string[]): void {
  sendPage(response, overviewPage(describe(origin(request)), endpoints), TEXT_POLICY);
}

function sendPage(response: Response, page: string, policy: string): void {
  response.set({ 'content-security-policy': policy, 'cache-control': 'no-cache' }).type('html').send(page);
}
