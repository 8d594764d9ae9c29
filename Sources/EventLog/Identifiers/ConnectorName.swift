/// The name of a connector: what Hooklog knows of one vendor.
///
/// It is the `system` of the vendor's events.
package struct ConnectorName: Identifier {
    /// The name as users write it.
    package let rawValue: String

    /// Creates a name from any text; ``Senders`` say whether it is known.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}
