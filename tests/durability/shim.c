/* Notes what a process does to the files of one database, in the order it does it.
 *
 * Loaded in front of libc. SHIM_PREFIX is the path of the database; every file whose path begins so is
 * watched, and so is the folder it lies in. SHIM_TRACE is the file to note in. A record is
 *
 *     kind (1 byte) · 0 · length of name (2) · length of data (4) · offset (8) · name · data
 *
 * in one appending write, so that the records of several threads and processes do not mix. A write is noted
 * before it is done and a sync after, for that is what one may rely on when the power goes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
#define REAL(name) ((__typeof__(name) *)real(#name))

static char *name_of[MOST_FILES];
static const char *prefix, *trace;
static size_t folder_length;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void)
{
    prefix = getenv("SHIM_PREFIX");
    trace = getenv("SHIM_TRACE");
    if (prefix && strrchr(prefix, '/'))
        folder_length = strrchr(prefix, '/') - prefix;
}

static void note(char kind, const char *name, int64_t offset, const void *data, uint32_t size)
{
    int saved = errno;
    uint16_t name_size = strlen(name);
    char head[16] = {kind};
    memcpy(head + 2, &name_size, 2);
    memcpy(head + 4, &size, 4);
    memcpy(head + 8, &offset, 8);
    struct iovec record[3] = {{head, 16}, {(void *)name, name_size}, {(void *)data, size}};
    int out = syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (out < 0 || syscall(SYS_writev, out, record, 3) != 16 + name_size + (ssize_t)size)
        _exit(97);
    syscall(SYS_close, out);
    errno = saved;
}

/* The file name when the path belongs to the database, "" for its folder, NULL for all else. */
static const char *watched(const char *path)
{
    if (!prefix || !trace || !folder_length)
        return NULL;
    if (strncmp(path, prefix, strlen(prefix)) == 0)
        return path + folder_length + 1;
    if (strlen(path) == folder_length && strncmp(path, prefix, folder_length) == 0)
        return "";
    return NULL;
}

static const char *name_behind(int fd) { return fd >= 0 && fd < MOST_FILES ? name_of[fd] : NULL; }

static int opened(int fd, const char *path, int is_new)
{
    const char *name = watched(path);
    if (fd >= 0 && fd < MOST_FILES && name) {
        name_of[fd] = strdup(name);
        if (is_new && *name)
            note('c', name, 0, NULL, 0);
    }
    return fd;
}

static int open_as(const char *which, const char *path, int flags, mode_t mode)
{
    int (*really)(const char *, int, ...) = real(which);
    int is_new = (flags & O_CREAT) && watched(path) && access(path, F_OK) != 0;
    return opened(really(path, flags, mode), path, is_new);
}

#define MODE_FROM(flags) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...)
{
    MODE_FROM(flags)
    return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_FROM(flags)
    return open_as("open64", path, flags, mode);
}

int close(int fd)
{
    if (name_behind(fd)) {
        free(name_of[fd]);
        name_of[fd] = NULL;
    }
    return REAL(close)(fd);
}

static void note_write(int fd, const void *data, size_t size, int64_t offset)
{
    const char *name = name_behind(fd);
    if (name)
        note('w', name, offset, data, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    if (name_behind(fd))
        note_write(fd, data, size, lseek(fd, 0, SEEK_CUR));
    return REAL(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    note_write(fd, data, size, offset);
    return REAL(pwrite)(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
    note_write(fd, data, size, offset);
    return REAL(pwrite64)(fd, data, size, offset);
}

static void note_length(int fd, int64_t length)
{
    if (name_behind(fd))
        note('t', name_behind(fd), length, NULL, 0);
}

int ftruncate(int fd, off_t length)
{
    note_length(fd, length);
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    note_length(fd, length);
    return REAL(ftruncate64)(fd, length);
}

static int note_sync(int fd, int result)
{
    if (result == 0 && name_behind(fd))
        note('s', name_behind(fd), 0, NULL, 0);
    return result;
}

int fsync(int fd) { return note_sync(fd, REAL(fsync)(fd)); }

int fdatasync(int fd) { return note_sync(fd, REAL(fdatasync)(fd)); }

int unlink(const char *path)
{
    const char *name = watched(path);
    if (name && access(path, F_OK) == 0)
        note('u', name, 0, NULL, 0);
    return REAL(unlink)(path);
}

int rename(const char *old, const char *new)
{
    const char *from = watched(old), *to = watched(new);
    if (from && to)
        note('r', from, 0, to, strlen(to));
    return REAL(rename)(old, new);
}
