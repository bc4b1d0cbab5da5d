/** How long this thread has worked, in milliseconds: waiting for a busy machine does not count. */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
