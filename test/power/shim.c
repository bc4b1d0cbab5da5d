/*
 * Tells a trace what a process writes below a folder, and what it asks to be on the disk: loaded before libc
 * (LD_PRELOAD) into a server, so that a test can cut its power at any moment afterwards; and lets its disk fail while
 * it runs. README.md says what each is for.
 *
 * A record of the trace is an operation ('w'rite, 't'runcate, 's'ync, 'f'ailed sync, 'c'reate, 'u'nlink, 'l'ink,
 * 'a'nswer over a socket), the length of the path, the offset or size, the length of the data, then path and data; all
 * numbers are little endian. The data of a link is the new path. A sync is answered at once: only the trace keeps it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* What a disk that fills up still takes of a write, in bytes: the sector that it is at. */
#define SECTOR 512

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static const char *faults;
static const char *answers;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("POWER_FOLDER");
  faults = getenv("POWER_FAULTS");
  answers = getenv("POWER_ANSWERS");
  const char *file = getenv("POWER_TRACE");
  if (folder && file) trace = syscall(SYS_open, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Whether a path is below the folder, or the folder itself. */
static int is_ours(const char *path) {
  if (!folder || !path) return 0;
  size_t length = strlen(folder) - 1;
  return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int target_of(int fd, char path[4096]) {
  char link[64];
  if (!folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

/* The path of a file below the folder; 0 for anything else. */
static int path_of(int fd, char path[4096]) { return target_of(fd, path) && is_ours(path); }

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
  if (trace < 0) return;
  uint16_t name = strlen(path);
  put(&operation, 1);
  put(&name, 2);
  put(&offset, 8);
  put(&length, 4);
  put(path, name);
  put(data, length);
}

/*
 * The error that an operation on the database is to meet now, or 0. The file of faults says `KIND ERROR PERIOD`: `w`
 * for writes or `s` for syncs, the number of the error, and that it is met every so many times. It is read each time.
 */
static int fault_of(char kind, const char *path) {
  static int count;
  char text[64], said = 0;
  int error = 0, period = 0;
  if (!faults || !strstr(path, ".db")) return 0;
  int file = syscall(SYS_open, faults, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  long length = syscall(SYS_read, file, text, sizeof text - 1);
  syscall(SYS_close, file);
  text[length > 0 ? length : 0] = 0;
  if (sscanf(text, "%c %d %d", &said, &error, &period) != 3 || said != kind) return 0;
  return ++count % period == 0 ? error : 0;
}

/* How much of a write goes through: all of it, a sector, or nothing with the error that is set. */
static ssize_t let_through(const char *path, size_t length) {
  static int halfway;
  int error = fault_of('w', path);
  if (error == 0) return length;
  halfway = !halfway && length > SECTOR;
  if (halfway) return SECTOR;
  errno = error;
  return -1;
}

static ssize_t write_at(int fd, const void *data, size_t length, off64_t offset) {
  char path[4096];
  if (!path_of(fd, path)) return syscall(SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock(&turn);
  ssize_t written = let_through(path, length);
  if (written > 0) written = syscall(SYS_pwrite64, fd, data, written, offset);
  if (written > 0) record('w', path, offset, data, written);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return write_at(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return write_at(fd, data, length, offset); }

/* Whether a path is that of a socket whose answers are to be told. */
static int is_answering(const char *path) { return answers && strncmp(path, "socket:", 7) == 0; }

ssize_t write(int fd, const void *data, size_t length) {
  char path[4096];
  int known = target_of(fd, path);
  int answering = known && is_answering(path);
  if (!known || !(answering || is_ours(path))) return syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&turn);
  off64_t offset = answering ? 0 : lseek64(fd, 0, SEEK_CUR);
  ssize_t written = answering ? (ssize_t)length : let_through(path, length);
  if (written > 0) written = syscall(SYS_write, fd, data, written);
  if (written > 0) record(answering ? 'a' : 'w', path, offset, data, written);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  char path[4096];
  if (!target_of(fd, path) || !is_answering(path)) return syscall(SYS_writev, fd, parts, count);
  pthread_mutex_lock(&turn);
  ssize_t written = syscall(SYS_writev, fd, parts, count);
  ssize_t left = written;
  for (int i = 0; i < count && left > 0; i++) {
    size_t length = parts[i].iov_len < (size_t)left ? parts[i].iov_len : (size_t)left;
    record('a', path, 0, parts[i].iov_base, length);
    left -= length;
  }
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
  int error = fault_of('s', path);
  record(error ? 'f' : 's', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return error ? -1 : 0;
}

int fsync(int fd) { return sync_all(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_all(fd, SYS_fdatasync); }

static int open_at(const char *path, int flags, mode_t mode) {
  if (!is_ours(path) || !(flags & O_CREAT)) return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  pthread_mutex_lock(&turn);
  int is_new = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
  int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd >= 0 && is_new) record('c', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  return fd;
}

#define MODE_OF(flags)                                                                                                 \
  mode_t mode = 0;                                                                                                     \
  if (flags & (O_CREAT | O_TMPFILE)) {                                                                                 \
    va_list more;                                                                                                      \
    va_start(more, flags);                                                                                             \
    mode = va_arg(more, mode_t);                                                                                       \
    va_end(more);                                                                                                      \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_at(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_at(path, flags, mode);
}

int unlink(const char *path) {
  if (!is_ours(path)) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  pthread_mutex_lock(&turn);
  int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (result == 0) record('u', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  return result;
}

int link(const char *from, const char *to) {
  if (!is_ours(from) || !is_ours(to)) return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  pthread_mutex_lock(&turn);
  int result = syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (result == 0) record('l', from, 0, to, strlen(to));
  pthread_mutex_unlock(&turn);
  return result;
}
