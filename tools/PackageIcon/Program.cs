using PackageIcon;

File.WriteAllBytes(args is [{ } path] ? path : "icon.png", Icon.ToPng());
