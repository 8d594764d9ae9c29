/// A place in a vendor's list where a page begins.
package struct VendorPagePlace: Sendable, Hashable, Codable {
    /// What the vendor calls the place: a cursor, a page's number or an object's id.
    var token: String
    /// How many objects the list had when the page before was read, where the vendor says it.
    var count: Int?
    /// The first object of the page before, where only that can tell a list that is not paged at all.
    var firstID: String?
}
