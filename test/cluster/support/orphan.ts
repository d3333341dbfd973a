import cluster from 'node:cluster';
import { clusterCounter } from '../../../src/access/cluster-counter.ts';
import { IDENTITY, joinCluster } from '../../../src/cluster/member.ts';

// A worker that is starting when its primary is killed: it does not know yet that the primary has gone when it sends it messages. It
// prints its exit code when it ends.

if (cluster.isPrimary) {
  const worker = cluster.fork({ [IDENTITY]: JSON.stringify({ number: 1, salt: 'salt' }) });
  worker.once('message', () => process.kill(process.pid, 'SIGKILL'));
} else {
  const primary = process.ppid;
  process.once('exit', (code) => console.log(`ended with ${code}`));
  const member = joinCluster();
  member.ready(1);
  // Nothing is read from the primary meanwhile, as while a module is loaded.
  while (process.ppid === primary) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  clusterCounter(member.salt)({ name: 'requests', limit: { requests: 1, seconds: 1 } });
  member.ready(2);
}
