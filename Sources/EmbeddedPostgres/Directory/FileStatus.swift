import Glibc

/// What `lstat` says of a file.
struct FileStatus: Sendable {
    private var status = stat()

    /// Reads the status of `path`, of a symbolic link itself; nil when it cannot be read, with `errno` set.
    init?(path: String) {
        guard lstat(path, &status) == 0 else { return nil }
    }

    /// Reads the status of an open file; nil when it cannot be read, with `errno` set.
    init?(descriptor: CInt) {
        guard fstat(descriptor, &status) == 0 else { return nil }
    }

    var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var isRegularFile: Bool { status.st_mode & S_IFMT == S_IFREG }
    var owner: uid_t { status.st_uid }
    var group: gid_t { status.st_gid }
    /// The twelve permission bits.
    var mode: mode_t { status.st_mode & 0o7777 }

    /// The permission bits in octal, as `chmod` takes them.
    var octalMode: String { String(mode, radix: 8) }
}
