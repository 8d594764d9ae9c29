import Schema
import Testing

/// The functions that pass on to vendors are made from the names of files: a name that is misspelled would never be called.
struct VendorFileTests {
    private static let paths = SQLLibrary.paths(in: "connectors").filter { $0.split(separator: "/").count == 3 }

    private static func kinds(of vendor: Substring) -> [String] {
        let text = SQLLibrary.text("connectors/\(vendor)/kinds_\(vendor).sql") ?? ""
        return text.matches(of: /\('(\w+)', '\w+'/).map { String($0.output.1) }
    }

    @Test(arguments: paths) func rulesAreOfKindsThatThereAre(path: String) throws {
        let parts = path.split(separator: "/")
        let (vendor, name) = (parts[1], parts[2].dropLast(".sql".count))
        for prefix in ["judge_deletion_", "judge_", "related_"] where name.hasPrefix(prefix) {
            let allowed = Self.kinds(of: vendor).map { "\(prefix)\(vendor)_\($0)" }
            #expect(allowed.contains(String(name)), "\(path)")
            return
        }
        for prefix in ["kinds_", "page_", "shape_", "written_", "named_", "form_", "import_", "fetched_", "customers_"]
        where name.hasPrefix(prefix) {
            #expect(name == "\(prefix)\(vendor)", "\(path)")
        }
    }

    @Test func everyVendorWithKindsIsFound() {
        let vendors = Self.paths.filter { $0.contains("/kinds_") }.map { $0.split(separator: "/")[1] }
        #expect(vendors.count >= 4)
        for vendor in vendors { #expect(!Self.kinds(of: vendor).isEmpty, "\(vendor)") }
    }
}
