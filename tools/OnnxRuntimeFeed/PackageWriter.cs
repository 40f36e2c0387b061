using System.IO.Compression;
using System.Xml.Linq;

namespace OnnxRuntimeFeed;

/// <summary>Writes a .nupkg: a zip with a manifest. The same input gives the same bytes.</summary>
internal static class PackageWriter
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly XNamespace s_manifest = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
    private static readonly XNamespace s_types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace s_relations = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static void Write(FeedPackage package, string path)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        string manifest = package.Id + ".nuspec";
        AddXml(zip, "_rels/.rels", Relations(manifest));
        AddXml(zip, "[Content_Types].xml", ContentTypes(package));
        AddXml(zip, manifest, Manifest(package));
        foreach ((string target, string source) in package.Files)
        {
            using FileStream file = File.OpenRead(source);
            using Stream entry = Entry(zip, target);
            file.CopyTo(entry);
        }
    }

    private static Stream Entry(ZipArchive zip, string name)
    {
        // Natives are unpacked once and the feed is local: speed counts for more than a few megabytes.
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = s_time;
        return entry.Open();
    }

    private static void AddXml(ZipArchive zip, string name, XElement root)
    {
        using Stream entry = Entry(zip, name);
        new XDocument(root).Save(entry);
    }

    private static XElement Manifest(FeedPackage package) =>
        new(s_manifest + "package", new XElement(s_manifest + "metadata",
            new XElement(s_manifest + "id", package.Id),
            new XElement(s_manifest + "version", PackageSet.Version),
            new XElement(s_manifest + "authors", "Microsoft"),
            new XElement(s_manifest + "requireLicenseAcceptance", "false"),
            new XElement(s_manifest + "license", new XAttribute("type", "file"), "LICENSE"),
            new XElement(s_manifest + "description", package.Description + " Repacked on this machine from the npm package " + NpmPackage.OnnxRuntime + "; not published by Microsoft."),
            new XElement(s_manifest + "copyright", "Copyright (c) Microsoft Corporation"),
            new XElement(s_manifest + "dependencies", new XElement(s_manifest + "group",
                new XAttribute("targetFramework", BindingCompiler.TargetFramework),
                package.Dependencies.Select(one => new XElement(s_manifest + "dependency",
                    new XAttribute("id", one.Id), new XAttribute("version", one.Version)))))));

    private static XElement Relations(string manifest) =>
        new(s_relations + "Relationships", new XElement(s_relations + "Relationship",
            new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
            new XAttribute("Target", "/" + manifest), new XAttribute("Id", "manifest")));

    private static XElement ContentTypes(FeedPackage package)
    {
        IEnumerable<string> files = package.Files.Select(file => Path.GetExtension(file.Target).TrimStart('.')).Where(end => end.Length > 0);
        return new XElement(s_types + "Types",
            new XElement(s_types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            files.Append("nuspec").Distinct().Select(end =>
                new XElement(s_types + "Default", new XAttribute("Extension", end), new XAttribute("ContentType", "application/octet"))),
            new XElement(s_types + "Override", new XAttribute("PartName", "/LICENSE"), new XAttribute("ContentType", "application/octet")));
    }
}
