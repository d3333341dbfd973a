// The tables, served by PostGraphile. It has no authentication, limits, changes or logs. Its arguments are postgres://… and a port.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const [, , connectionString = '', port = ''] = process.argv;
const poolConfig = { max: 10 };
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // With this plugin, lists can be ordered only by the first column of an index.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString, schemas: ['public'], poolConfig })],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), '127.0.0.1');
