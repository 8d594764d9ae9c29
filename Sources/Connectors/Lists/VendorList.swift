/// A list of a vendor's objects, as its API serves it.
package struct VendorList: Sendable, Hashable {
    /// The entity type of its objects.
    package let kind: String
    /// The path below the API's base; `{id}` stands for the object that the list belongs to.
    let path: String
    /// How it is paged.
    let paging: VendorPaging
    /// Whether no public page of the vendor shows the list, so that it may not be there.
    package let isOptional: Bool
    /// Objects that stand inside its objects, by the member's name.
    let embedded: [String: String]
    /// The lists that each of its objects has.
    let children: [VendorList]

    init(
        _ kind: String,
        at path: String,
        _ paging: VendorPaging,
        isOptional: Bool = false,
        embedded: [String: String] = [:],
        children: [VendorList] = []
    ) {
        self.kind = kind
        self.path = path
        self.paging = paging
        self.isOptional = isOptional
        self.embedded = embedded
        self.children = children
    }
}
