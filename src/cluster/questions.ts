/** Questions to another process that have not been answered yet. */
export class Questions<Answer> {
  readonly #open = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  /** Sends a question with a number of its own. Resolves with the answer, or with `otherwise` when there is none within `ms`. */
  ask(send: (question: number) => void, ms: number, otherwise: Answer): Promise<Answer> {
    const question = this.#asked++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.answered(question, otherwise), ms);
      this.#open.set(question, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send(question);
    });
  }

  /** Is to be called with each answer. One that comes too late is dropped. */
  answered(question: number, answer: Answer): void {
    this.#open.get(question)?.(answer);
    this.#open.delete(question);
  }
}
