import CLibpq
import Foundation
import Locking

/// A look-up of a host's addresses.
///
/// `getaddrinfo` blocks for as long as the resolver takes, so it has a short-lived thread of its own; whoever waits may
/// leave before it is done.
final class HostLookup: Sendable {
    /// What came of it.
    enum Outcome: Sendable, Hashable {
        case found([String])
        /// In the resolver's words.
        case failed(String)
    }

    private let state = Locked<Outcome?>(nil)

    private init() {}

    /// What came of it; nil while it is under way.
    var outcome: Outcome? { state.withLock { $0 } }

    /// Starts a look-up and signals `wakeup` once it is done.
    static func start(_ name: String, signalling wakeup: Wakeup) -> HostLookup {
        let lookup = HostLookup()
        Thread {
            let outcome = addresses(of: name)
            lookup.state.withLock { $0 = outcome }
            wakeup.signal()
        }.start()
        return lookup
    }

    private static func addresses(of name: String) -> Outcome {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0 else { return .failed(String(cString: gai_strerror(status))) }
        var addresses: [String] = []
        var next = list
        while let entry = next {
            if let text = numericText(of: entry.pointee), !addresses.contains(text) { addresses.append(text) }
            next = entry.pointee.ai_next
        }
        return .found(addresses)
    }

    private static func numericText(of entry: addrinfo) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(
            entry.ai_addr,
            entry.ai_addrlen,
            &text,
            socklen_t(text.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
