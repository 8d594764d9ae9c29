/// A failure of the HTTP server to start or to run.
package struct HTTPServerError: Error, Sendable, Hashable {
    /// What went wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// Another process listens on the address.
        case addressInUse = "address_in_use"
        /// The address is not one of this machine, or may not be used.
        case addressUnavailable = "address_unavailable"
        /// A setting is not valid.
        case invalidConfiguration = "invalid_configuration"
    }

    /// The cause.
    package let code: Code
    /// The address concerned, as `host:port`.
    package let address: String
    /// The option that changes it, such as `--listen`.
    package let option: String
    /// What was wrong, where the code alone does not say it.
    package let detail: String?

    /// Creates a failure.
    package init(_ code: Code, address: String, option: String, detail: String? = nil) {
        self.code = code
        self.address = address
        self.option = option
        self.detail = detail
    }
}

extension HTTPServerError: CustomStringConvertible {
    /// One sentence on what failed, on what, and what helps.
    package var description: String {
        let reason = detail.map { " (\($0))" } ?? ""
        return switch code {
        case .addressInUse:
            "Another process already listens on \(address): stop it, or choose another address with \(option)."
        case .addressUnavailable:
            "Cannot listen on \(address)\(reason): choose an address of this machine with \(option)."
        case .invalidConfiguration:
            "The setting of \(address) is not valid\(reason): correct \(option)."
        }
    }
}
