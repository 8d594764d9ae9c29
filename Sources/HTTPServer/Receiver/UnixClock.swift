#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's clock for signatures.
package enum UnixClock {
    /// Returns the seconds since 1970.
    @Sendable
    package static func seconds() -> Int64 { Int64(time(nil)) }
}
