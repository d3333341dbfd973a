/**
 * The signals that ask a process to stop. A service manager and `kill` send the first, Ctrl-C the second, and a terminal that is closed the
 * third. `nohup` cannot keep the third one away, because Node undoes at its start that a signal is ignored.
 */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Makes this process ignore the signals, because a terminal or a service manager may send them to all processes of a server. The server's
 * first process tells the others when to stop, or ends them.
 */
export function ignoreStopSignals(): void {
  for (const signal of STOP_SIGNALS) process.on(signal, () => {});
}
