/** `npm run bench`: the server beside others; with `--growth` beside itself as it was when its database was small. */
if (process.argv.includes('--growth')) await import('./growth.ts');
else await import('./contenders.ts');
