import Foundation

/// The system's clock for signatures.
package enum UnixClock {
    /// Returns the seconds since 1970.
    @Sendable
    package static func seconds() -> Int64 { Int64(Date.now.timeIntervalSince1970) }
}
