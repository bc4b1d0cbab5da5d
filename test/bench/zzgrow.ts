import { grow } from './grown.ts';

for (const n of process.argv.slice(2)) console.log(n, await grow(`/tmp/gdb/${n}.db`, Number(n)));
