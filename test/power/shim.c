/*
 * Tells a trace what a process writes below a folder, and what it asks to be on the disk: loaded before libc
 * (LD_PRELOAD) into a server, so that a test can cut its power at any moment afterwards. A record of the trace is
 * an operation ('w'rite, 't'runcate, 's'ync), the length of the path, the offset or size, the length of
 * the data, then path and data; all numbers are little endian. A sync is answered at once: only the trace keeps it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("POWER_FOLDER");
  const char *file = getenv("POWER_TRACE");
  if (folder && file) trace = syscall(SYS_open, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The path of a file below the folder; 0 for anything else. */
static int path_of(int fd, char path[4096]) {
  char link[64];
  if (trace < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static void put(const void *data, size_t length) {
  const char *at = data;
  while (length > 0) {
    long written = syscall(SYS_write, trace, at, length);
    if (written <= 0) abort();
    at += written;
    length -= written;
  }
}

static void record(char operation, const char *path, uint64_t offset, const void *data, uint32_t length) {
  uint16_t name = strlen(path);
  put(&operation, 1);
  put(&name, 2);
  put(&offset, 8);
  put(&length, 4);
  put(path, name);
  put(data, length);
}

static ssize_t write_at(int fd, const void *data, size_t length, off64_t offset) {
  char path[4096];
  if (!path_of(fd, path)) return syscall(SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock(&turn);
  ssize_t written = syscall(SYS_pwrite64, fd, data, length, offset);
  if (written > 0) record('w', path, offset, data, written);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return write_at(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return write_at(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
  char path[4096];
  if (!path_of(fd, path)) return syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&turn);
  off64_t offset = lseek64(fd, 0, SEEK_CUR);
  ssize_t written = syscall(SYS_write, fd, data, length);
  if (written > 0) record('w', path, offset, data, written);
  pthread_mutex_unlock(&turn);
  return written;
}

static int truncate_to(int fd, off64_t size) {
  char path[4096];
  if (!path_of(fd, path)) return syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&turn);
  int result = syscall(SYS_ftruncate, fd, size);
  if (result == 0) record('t', path, size, "", 0);
  pthread_mutex_unlock(&turn);
  return result;
}

int ftruncate(int fd, off_t size) { return truncate_to(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncate_to(fd, size); }

static int sync_all(int fd, long call) {
  char path[4096];
  if (!path_of(fd, path)) return syscall(call, fd);
  pthread_mutex_lock(&turn);
  record('s', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  return 0;
}

int fsync(int fd) { return sync_all(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_all(fd, SYS_fdatasync); }
