/// A failure of the HTTP server to start or to run.
package struct HTTPServerError: Error, Sendable, Hashable {
    /// What went wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// Another process listens on the address.
        case addressInUse = "address_in_use"
        /// The address is not one of this machine, or may not be used.
        case addressUnavailable = "address_unavailable"
    }

    /// The cause.
    package let code: Code
    /// The listener concerned.
    let listener: ListenerConfiguration
    /// What was wrong, where the code alone does not say it.
    let detail: String
}

extension HTTPServerError: CustomStringConvertible {
    /// One sentence on what failed, on what, and what helps.
    package var description: String {
        let (address, option) = (listener.address, listener.option)
        return switch code {
        case .addressInUse:
            "Another process already listens on \(address): stop it, or choose another address with \(option)."
        case .addressUnavailable:
            "Cannot listen on \(address) (\(detail)): choose an address of this machine with \(option)."
        }
    }
}
