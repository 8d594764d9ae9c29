import CLibpq

/// An eventfd that ends a `poll` on another thread.
final class Wakeup: Sendable {
    /// The descriptor to poll, or -1 when the process has none left.
    let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// Makes the descriptor readable.
    func signal() {
        _ = eventfd_write(descriptor, 1)
    }

    /// Makes the descriptor unreadable again.
    func reset() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
    }
}
