/**
 * The component library calls `AbortSignal.timeout` on telephones, when a text field of a dialog gets the focus. Chrome before 103 and
 * Safari before 16 do not have it.
 */
if (!('timeout' in AbortSignal)) {
  Object.assign(AbortSignal, {
    timeout(ms: number): AbortSignal {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms);
      return controller.signal;
    },
  });
}
