/// A list of a vendor's objects, as its API serves it.
package struct VendorList: Sendable, Hashable {
    /// The entity type of its objects.
    package let kind: String
    /// The path below the API's base; `{id}` stands for the object that the list belongs to.
    let path: String
    /// How it is paged.
    let paging: VendorPaging
    /// Whether no public page of the vendor shows the list, so that it may not be there.
    package var isOptional = false
    /// Objects that stand inside its objects, by the member's name.
    var embedded: [String: String] = [:]
    /// The lists that each of its objects has.
    var children: [VendorList] = []
}
