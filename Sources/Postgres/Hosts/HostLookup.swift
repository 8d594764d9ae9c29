import Foundation

/// What came of the look-up of a host's addresses.
enum HostLookup: Sendable, Hashable {
    case found([String])
    /// In the resolver's words.
    case failed(String)

    /// Looks a name up, and blocks for as long as the resolver takes.
    init(_ name: String) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0 else {
            self = .failed(String(cString: gai_strerror(status)))
            return
        }
        var addresses: [String] = []
        var next = list
        while let entry = next {
            if let text = Self.numericText(of: entry.pointee), !addresses.contains(text) { addresses.append(text) }
            next = entry.pointee.ai_next
        }
        self = .found(addresses)
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
