interface Running {
  readonly end: (reason: Error) => void;
}

/** Running work that can be ended all at once, such as the statements of a server that has stopped answering. */
export class UnderWay {
  readonly #running: Running[] = [];

  /** Runs `work`. When `endAll` is called meanwhile, rejects at once and aborts the controller, so that the work ends too. */
  run<Result>(controller: AbortController, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const running: Running = {
        end(reason) {
          controller.abort(reason);
          reject(reason);
        },
      };
      this.#running.push(running);
      work()
        .then(resolve, reject)
        .finally(() => {
          const place = this.#running.indexOf(running);
          if (place >= 0) this.#running.splice(place, 1);
        });
    });
  }

  endAll(reason: Error): void {
    for (const { end } of this.#running.splice(0)) end(reason);
  }
}
