import EventLog

/// What Hooklog knows of one vendor.
package struct Connector: Sendable {
    /// The name, which is the `system` of the vendor's events.
    package let name: ConnectorName
    /// The vendor's API as Hooklog answers it; nil for one that is only listened to.
    package let surface: Surface?
    /// The lists of that API as Hooklog reads them; nil where none are known.
    package let lists: VendorAPI?
}
